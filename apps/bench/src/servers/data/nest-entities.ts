import {
  Column,
  CreateDateColumn,
  Entity,
  JoinColumn,
  ManyToOne,
  OneToMany,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  UpdateDateColumn,
  VersionColumn,
} from 'typeorm';
import type { Status } from '../../data/contract.js';

@Entity('users')
export class User {
  @PrimaryGeneratedColumn() id!: number;
  @Column('text') name!: string;
  @Column('text') email!: string;
  @Column('text', { nullable: true }) bio!: string | null;
  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
}
@Entity('posts')
export class Post {
  @PrimaryGeneratedColumn() id!: number;
  @Column('int', { name: 'author_id' }) authorId!: number;
  @Column('text') title!: string;
  @Column('text') body!: string;
  @Column('text', { nullable: true }) summary!: string | null;
  @Column('text', { default: 'draft' }) status!: Status;
  @Column('int', { default: 0 }) views!: number;
  @VersionColumn() version!: number;
  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz' }) updatedAt!: Date;
  @ManyToOne(() => User) @JoinColumn({ name: 'author_id' }) author!: User;
  @OneToMany('Tag', 'post', { cascade: ['insert'] }) tags!: Tag[];
}
@Entity('tags')
export class Tag {
  @PrimaryGeneratedColumn() id!: number;
  @Column('text') name!: string;
  @Column('int', { default: 1 }) weight!: number;
  @ManyToOne(() => Post, 'tags') @JoinColumn({ name: 'post_id' }) post!: Post;
}
@Entity('comments')
export class Comment {
  @PrimaryGeneratedColumn() id!: number;
  @Column('int', { name: 'post_id' }) postId!: number;
  @Column('text') body!: string;
  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @ManyToOne(() => User) @JoinColumn({ name: 'author_id' }) author!: User;
}
@Entity('accounts')
export class Account {
  @PrimaryColumn('int') id!: number;
  @Column('bigint', { transformer: { from: Number, to: String } }) balance!: number;
}
