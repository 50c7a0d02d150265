import { Injectable } from 'vivace';

/** One for each request; `@Injectable({ lifetime: 'singleton' })` makes one for all. */
@Injectable()
export class {{pascal}}Service {
  greet(name: string): string {
    return `Hello, ${name}!`;
  }
}
