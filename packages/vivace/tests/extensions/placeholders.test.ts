import { Controller, dependency, Depends, Get, Vivace, type Dependency } from 'vivace';
import { declareEntry, given, placeholder, type Extension } from 'vivace/extend';

const message = placeholder<string>('message');
const handle = dependency({ message }, ({ message: text }) => `handled ${text}`, {
  name: 'handle',
});

const outside = { code: 'PLACEHOLDER_OUTSIDE' };
const built = (options: ConstructorParameters<typeof Vivace>[0]): Promise<unknown> =>
  new Vivace(options).build();

describe('a placeholder', () => {
  it('has no value in an operation, a singleton, a lifespan, a check or a plain job', async () => {
    @Controller()
    class Home {
      @Get('/')
      read(): string {
        return 'home';
      }
    }
    const captive = dependency({ message }, () => 'captive', { lifetime: 'singleton' });
    const keeper: Extension = { name: 'keeper', singletons: [captive] };
    await expect(built({ controllers: [Home], dependencies: [handle] })).rejects.toMatchObject(
      outside,
    );
    await expect(built({ extensions: [keeper] })).rejects.toMatchObject(outside);
    await expect(built({ lifespan: captive })).rejects.toMatchObject(outside);
    await expect(built({ health: { checks: { handle } } })).rejects.toMatchObject(outside);
    await expect(new Vivace().run(handle)).rejects.toMatchObject(outside);
    await expect(new Vivace().run(message)).rejects.toMatchObject({ code: 'NOT_A_DEPENDENCY' });
  });

  it('has none in an entry point, nor has a part in an operation', async () => {
    class Attempt {}
    class Billing {
      constructor(@Depends(handle) readonly handled: string) {}
      bill(): void {}
    }
    declareEntry({ kind: 'job', target: Billing, method: 'bill', options: {}, parts: [Attempt] });
    await expect(built({ extensions: [{ name: 'jobs', entries: [Billing] }] })).rejects.toThrow(
      "Billing.bill → Billing → handle needs the placeholder 'message'",
    );
    @Controller()
    class Home {
      @Get('/')
      read(attempt: Attempt): void {
        void attempt;
      }
    }
    class Plain {
      bill(): void {}
    }
    declareEntry({ kind: 'job', target: Plain, method: 'bill', options: {}, parts: [Attempt] });
    await expect(
      built({ controllers: [Home], extensions: [{ name: 'jobs', entries: [Plain] }] }),
    ).rejects.toThrow('[PLACEHOLDER_OUTSIDE] Home.read');
  });

  it('is the only thing that can be given', () => {
    expect(() => given(handle as Dependency<string>, 'x')).toThrow('not made by placeholder');
  });
});
