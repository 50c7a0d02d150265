import { Closing } from './closing';

function opened(): { readonly closed: string[]; readonly open: (name: string) => AsyncDisposable } {
  const closed: string[] = [];
  return {
    closed,
    open: (name) => ({
      [Symbol.asyncDispose]: async () => {
        await Promise.resolve();
        closed.push(name);
      },
    }),
  };
}

describe('Closing', () => {
  it('closes in the reverse order, one after the other, whatever way it was told', async () => {
    const { closed, open } = opened();
    {
      await using closing = new Closing();
      closing.use(open('first'));
      expect(closing.adopt('second', (name) => closed.push(name))).toBe('second');
      closing.defer(() => open('third')[Symbol.asyncDispose]());
      closing.use({ [Symbol.dispose]: () => void closed.push('fourth') });
    }
    expect(closed).toEqual(['fourth', 'third', 'second', 'first']);
  });

  it('leaves what was moved to the other', async () => {
    const { closed, open } = opened();
    let moved: Closing;
    {
      await using closing = new Closing();
      closing.use(open('it'));
      moved = closing.move();
    }
    expect(closed).toEqual([]);
    await moved[Symbol.asyncDispose]();
    expect(closed).toEqual(['it']);
  });

  it('closes once, also where two do it at the same time', async () => {
    const { closed, open } = opened();
    const closing = new Closing();
    for (const name of ['first', 'second']) closing.use(open(name));
    await Promise.all([closing[Symbol.asyncDispose](), closing[Symbol.asyncDispose]()]);
    expect(closed).toEqual(['second', 'first']);
  });

  it('closes all where one fails, and then says so', async () => {
    const { closed, open } = opened();
    const closing = new Closing();
    const fail = (): never => {
      throw new Error('stuck');
    };
    closing.use(open('first'));
    closing.defer(fail);
    await expect(closing[Symbol.asyncDispose]()).rejects.toThrow('stuck');
    expect(closed).toEqual(['first']);
    closing.defer(fail);
    closing.defer(fail);
    await expect(closing[Symbol.asyncDispose]()).rejects.toBeInstanceOf(AggregateError);
  });
});
