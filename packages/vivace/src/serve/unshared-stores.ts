import { factsOf } from '../declare/declarations';
import { all, type Application } from './application';

/** The middleware whose data only this process sees: with several workers a limit would count once in each, and a login hold in one. */
export function unsharedStores(application: Application): readonly string[] {
  const middleware = all(application).flatMap(({ middleware: around, built: { model } }) => [
    ...around,
    ...[...model.operations, ...model.sockets].flatMap((operation) => operation.middleware),
  ]);
  const names = middleware.map((one) => {
    const facts = factsOf(one);
    return facts?.is === 'middleware' && facts.store?.shared === false ? facts.name : undefined;
  });
  return [...new Set(names.filter((name) => name !== undefined))];
}
