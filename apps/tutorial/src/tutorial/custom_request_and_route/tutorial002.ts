import { Controller, Post, RequestValidationError, Vivace, int, on } from 'vivace';
import { JSONResponse } from 'vivace/responses';

@Controller('', {
  exceptions: [
    on(RequestValidationError, async (error, request) => {
      const body = await request.text();
      return new JSONResponse({ detail: { errors: error.issues, body } }, { status: 422 });
    }),
  ],
})
class Numbers {
  @Post('/')
  sum_numbers(numbers: int[]) {
    return numbers.reduce((sum, number) => sum + number, 0);
  }
}

export const app = new Vivace({ controllers: [Numbers] });
