import { Field, type int } from 'vivace';

export default class {
  @Field({ minLength: 2 }) accessor name!: string;
  accessor price: int = 3;
  accessor note: string | null = null;
  @Field() get double(): int {
    return this.price * 2;
  }
}
