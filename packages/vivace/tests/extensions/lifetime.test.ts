import { Controller, Get, Injectable, Vivace } from 'vivace';
import { lifetime } from 'vivace/extend';
import { testClient } from 'vivace/testing';

const made: string[] = [];
/** What a package gives to be extended. */
abstract class Connection implements Disposable {
  static readonly [lifetime] = 'singleton';
  constructor() {
    made.push(new.target.name);
  }
  [Symbol.dispose](): void {
    made.push(`${this.constructor.name} closed`);
  }
}

class Plain extends Connection {}
@Injectable()
class Decorated extends Connection {
  constructor(readonly plain: Plain) {
    super();
  }
}

@Controller()
class Home {
  constructor(private readonly decorated: Decorated) {}
  @Get('/') read(): boolean {
    return this.decorated.plain instanceof Plain;
  }
}

test('a class of a package says how long instances of the classes live that extend it', async () => {
  {
    await using client = await testClient(new Vivace({ controllers: [Home], logger: false }));
    expect(made).toEqual(['Plain', 'Decorated']);
    expect((await client.get('/')).json()).toBe(true);
    expect((await client.get('/')).json()).toBe(true);
  }
  expect(made).toEqual(['Plain', 'Decorated', 'Decorated closed', 'Plain closed']);
});
