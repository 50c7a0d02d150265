import * as vivace from 'vivace';
import { Controller, Get, type Vivace } from 'vivace';

const { Vivace: App } = vivace as { Vivace: typeof Vivace };

/** Every place of a decorator, as emitters apply it there. */
const targets = {
  'a class': (decorate: any) => {
    @decorate
    class Items {}
    return Items;
  },
  'a method': (decorate: any) => {
    class Items {
      @decorate read() {}
    }
    return Items;
  },
  'a static method': (decorate: any) => {
    class Items {
      @decorate static read() {}
    }
    return Items;
  },
  'a property': (decorate: any) => {
    class Items {
      @decorate read = () => 1;
    }
    return Items;
  },
  'a static property': (decorate: any) => {
    class Items {
      @decorate static read = 1;
    }
    return Items;
  },
  'an accessor': (decorate: any) => {
    class Items {
      @decorate get read() {
        return 1;
      }
    }
    return Items;
  },
  'a static accessor': (decorate: any) => {
    class Items {
      @decorate static set read(value: number) {}
    }
    return Items;
  },
  'a parameter': (decorate: any) => {
    class Items {
      read(@decorate value: string) {}
    }
    return Items;
  },
  'a parameter of a static method': (decorate: any) => {
    class Items {
      static read(@decorate value: string) {}
    }
    return Items;
  },
  'a parameter of a constructor': (decorate: any) => {
    class Items {
      constructor(@decorate value: string) {}
    }
    return Items;
  },
};
type Target = keyof typeof targets;

const inputs = ['a parameter', 'a parameter of a constructor', 'a property'] as const;
const uses = ['a parameter', 'a parameter of a constructor'] as const;
/** Where each public decorator belongs, and how it is called. */
const decorators: Record<
  string,
  { on: readonly Target[]; given?: readonly unknown[]; as?: string }
> = {
  Controller: { on: ['a class'] },
  Injectable: { on: ['a class'] },
  Settings: { on: ['a class'] },
  Model: { on: ['a class'] },
  ...Object.fromEntries(
    ['Get', 'Post', 'Put', 'Patch', 'Delete', 'WebSocketRoute', 'Public'].map((name) => [
      name,
      { on: ['a method'] as const },
    ]),
  ),
  Route: { on: ['a method'], given: ['GET'] },
  Throws: { on: ['a class', 'a method'], given: [404] },
  Field: { on: ['a property', 'an accessor'] },
  FieldValidator: { on: ['a static method'], given: ['read'] },
  ModelValidator: { on: ['a method'] },
  'ModelValidator ': { on: ['a static method'], given: [{ mode: 'before' }], as: 'ModelValidator' },
  ...Object.fromEntries(
    ['Path', 'Query', 'Header', 'Cookie', 'Body', 'Form', 'File'].map((name) => [
      name,
      { on: inputs },
    ]),
  ),
  Depends: { on: uses, given: [vivace.dependency(() => 1)] },
  Security: { on: uses, given: [vivace.dependency(() => 1)] },
};

const factoryOf = async (name: string): Promise<(...given: readonly unknown[]) => unknown> => {
  const modules = [vivace, await import('vivace/security'), await import('vivace/settings')];
  const found = modules.map((module) => (module as Record<string, unknown>)[name.trim()]);
  return found.find((each) => each !== undefined) as (...given: readonly unknown[]) => unknown;
};
const rows = Object.entries(decorators).flatMap(([name, { on, given = [] }]) =>
  Object.entries(targets).map(([target, apply]) => ({
    name,
    target,
    apply,
    given,
    fits: on.includes(target as Target),
  })),
);

describe('a decorator', () => {
  it.each(rows)('@$name on $target: fits $fits', async ({ name, target, apply, given, fits }) => {
    const factory = await factoryOf(name);
    const run = () => apply(factory(...given));
    if (fits) expect(run).not.toThrow();
    else if (target === 'a property' && ['Depends', 'Security'].includes(name))
      expect(run).toThrow('PROPERTY_INJECTED');
    else
      expect(run).toThrow(
        new RegExp(
          `DECORATOR_TARGET.*Items.*@${name.trim()} stands on ${target}; it belongs on [^]*Write instead: \`@`,
        ),
      );
  });

  it.each(rows)('@$name without its parentheses on $target', async ({ name, apply }) => {
    const factory = await factoryOf(name);
    expect(() => apply(factory)).toThrow(
      new RegExp(`DECORATOR_TARGET.*Items.*@${name.trim()} is not called`),
    );
  });

  it('may be called with a class, which is no mistake', async () => {
    class Item {}
    class NotFound extends Error {}
    for (const name of ['Body', 'Query']) expect(() => vivace[name as 'Body'](Item)).not.toThrow();
    expect(() => vivace.Throws(NotFound)).not.toThrow();
    expect(() => vivace.Throws(NotFound, 404, 409)).not.toThrow();
    class Items {
      read(@vivace.Body(Item) item: Item) {}
    }
    expect(Items.name).toBe('Items');
  });

  it('is named with its file where it stands wrongly', () => {
    expect(() => targets['a property']((Get as any)('/x'))).toThrow(
      /\[DECORATOR_TARGET\] Items\.read \(.*decorator-targets\.test\.ts:\d+\): @Get stands on a property; it belongs on a method\.\n {2}Write instead: `@Get\('\/items'\) read\(\) \{ … \}`/,
    );
  });
});

describe('the keys of responses', () => {
  const appWith = (key: string) => {
    @Controller('/a')
    class Items {
      @Get('/', { responses: { [key]: { description: 'x' } } as object })
      read() {
        return 1;
      }
    }
    return new App({ controllers: [Items] });
  };

  it.each(['404', '4XX', '5xx', 'default', 'DEFAULT', '100'])('may be %s', async (key) => {
    await expect(appWith(key).openapi()).resolves.toBeDefined();
  });

  it.each(['hello', '4', '40', '4040', '600', '0', '4X', 'XX', '', ' 404', '404.0', '6XX'])(
    'may not be %j',
    async (key) => {
      await expect(appWith(key).openapi()).rejects.toThrow(/RESPONSE_STATUS.*Items\.read/);
    },
  );
});
