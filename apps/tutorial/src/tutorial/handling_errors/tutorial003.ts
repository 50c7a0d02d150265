import { Controller, Get, Vivace, on } from 'vivace';
import { JSONResponse } from 'vivace/responses';

class UnicornException extends Error {
  constructor(readonly unicorn: string) {
    super(`${unicorn} is a unicorn`);
  }
}

@Controller('/unicorns')
class Unicorns {
  @Get('/:name')
  read_unicorn(name: string) {
    if (name === 'yolo') throw new UnicornException(name);
    return { unicorn_name: name };
  }
}

export const app = new Vivace({
  controllers: [Unicorns],
  exceptions: [
    on(
      UnicornException,
      ({ unicorn }) =>
        new JSONResponse(
          { message: `Oops! ${unicorn} did something. There goes a rainbow...` },
          { status: 418 },
        ),
    ),
  ],
});
