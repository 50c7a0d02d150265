import { Length } from 'class-validator';

export class {{pascal}} {
  @Length(1, 200) name!: string;
  description?: string;
}
