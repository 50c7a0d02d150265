/** A transaction that takes a callback, as the generator of a dependency: it commits when that closes. */
export async function* transactionOf<T>(
  begin: (work: (transaction: T) => Promise<void>) => Promise<void>,
): AsyncGenerator<T, void, undefined> {
  const begun = Promise.withResolvers<T>();
  const work = Promise.withResolvers<void>();
  const ended = begin((transaction) => {
    begun.resolve(transaction);
    return work.promise;
  });
  // Where it could not begin.
  ended.catch(begun.reject);
  const transaction = await begun.promise;
  try {
    yield transaction;
    work.resolve();
  } catch (error) {
    work.reject(error);
  }
  await ended;
}
