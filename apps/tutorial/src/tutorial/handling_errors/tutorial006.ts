import { Controller, Get, HTTPException, RequestValidationError, Vivace, int, on } from 'vivace';

@Controller('/items')
class Items {
  @Get('/:item_id')
  read_item(item_id: int) {
    if (item_id === 3) throw new HTTPException(418, "Nope! I don't like 3.");
    return { item_id };
  }
}

export const app = new Vivace({
  controllers: [Items],
  exceptions: [
    on(HTTPException, (error, request, next) => {
      request.log.warn(`an HTTP error: ${error.message}`);
      return next();
    }),
    on(RequestValidationError, (error, request, next) => {
      request.log.warn(
        `the client sent invalid data: ${error.issues.map(({ msg }) => msg).join(', ')}`,
      );
      return next();
    }),
  ],
});
