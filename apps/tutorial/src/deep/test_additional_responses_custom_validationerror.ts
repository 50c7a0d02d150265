import { Controller, Get, Path, Vivace } from 'vivace';
import { JSONResponse } from 'vivace/responses';

class JsonApiResponse extends JSONResponse {
  static override readonly media = 'application/vnd.api+json';
}

class Error {
  status!: string;
  title!: string;
}

class JsonApiError {
  errors!: Error[];
}

@Controller('/a')
class A {
  @Get('/:id', {
    responseClass: JsonApiResponse,
    responses: { 422: { description: 'What was wrong', response: JsonApiError } },
  })
  a(@Path() id: unknown) {}
}

export const app = new Vivace({ controllers: [A] });
