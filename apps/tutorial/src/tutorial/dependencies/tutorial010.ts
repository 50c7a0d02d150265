import { Controller, Depends, Get, Vivace, dependency, type Provided } from 'vivace';

class Session implements Disposable {
  [Symbol.dispose](): void {}

  toString(): string {
    return 'a session';
  }
}

const get_db = dependency(function* () {
  using session = new Session();
  yield session;
});
type Db = Provided<typeof get_db>;

@Controller()
class Root {
  @Get('/')
  read_root(@Depends(get_db) c: Db) {
    return { c: String(c) };
  }
}

export const app = new Vivace({ controllers: [Root] });
