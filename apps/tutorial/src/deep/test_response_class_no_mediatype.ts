import { Controller, Get, Vivace } from 'vivace';
import { Response } from 'vivace/responses';

class Error {
  status!: string;
  title!: string;
}

class JsonApiError {
  errors!: Error[];
}

@Controller()
class Routes {
  @Get('/a', {
    responseClass: Response,
    responses: { 500: { description: 'What went wrong', response: JsonApiError } },
  })
  a() {}

  @Get('/b', { responses: { 500: { description: 'What went wrong', response: Error } } })
  b() {}
}

export const app = new Vivace({ controllers: [Routes] });
