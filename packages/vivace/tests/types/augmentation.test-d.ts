import type { Middleware, Request } from 'vivace';

declare module 'vivace' {
  interface RequestState {
    user?: { readonly name: string };
  }
}

export const nameOf = (request: Request): string | undefined => request.state.user?.name;
// @ts-expect-error the declared type counts
export const wrong = (request: Request): number => request.state.user.name;
export const greet: Middleware = async (request, next) => {
  request.state.user = { name: 'ann' };
  return await next();
};
