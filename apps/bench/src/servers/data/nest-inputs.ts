import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import type { Status } from '../../data/contract.js';

const STATUSES = ['draft', 'review', 'published'];
export class ListQuery {
  @Type(() => Number) @IsInt() @Min(1) @Max(100_000) page = 1;
  @Type(() => Number) @IsInt() @Min(1) @Max(100) limit = 20;
  @IsIn(['created', '-created']) sort: 'created' | '-created' = '-created';
  @IsOptional() @IsIn(STATUSES) status?: Status;
}
export class TagInput {
  @Matches(/^[a-z0-9-]{1,30}$/) name!: string;
  @IsInt() @Min(1) @Max(10) weight = 1;
}
export class PostInput {
  @IsInt() @Min(1) authorId!: number;
  @IsString() @Length(1, 200) title!: string;
  @IsString() @Length(1, 10_000) body!: string;
  @IsOptional() @IsString() @MaxLength(500) summary: string | null = null;
  @IsIn(STATUSES) status: Status = 'draft';
  @IsArray()
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => TagInput)
  tags: TagInput[] = [];
}
export class PostChange {
  @IsInt() @Min(1) version!: number;
  @IsOptional() @IsString() @Length(1, 200) title?: string;
  @IsOptional() @IsString() @Length(1, 10_000) body?: string;
  @IsOptional() @IsString() @MaxLength(500) summary?: string | null;
  @IsOptional() @IsIn(STATUSES) status?: Status;
}
export class Move {
  @IsInt() @Min(1) fromId!: number;
  @IsInt() @Min(1) toId!: number;
  @IsInt() @Min(1) @Max(1_000_000) amount!: number;
}
