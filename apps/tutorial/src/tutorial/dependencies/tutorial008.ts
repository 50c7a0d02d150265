import { Controller, Depends, Get, Vivace, dependency, type Provided } from 'vivace';

class Resource {
  private open = true;

  constructor(
    private readonly name: string,
    private readonly parent?: Resource,
  ) {}

  close(): void {
    if (this.parent?.open === false)
      throw new Error(`${this.parent.name} closed before ${this.name}`);
    this.open = false;
  }

  toString(): string {
    return this.name;
  }
}

const dependency_a = dependency(function* () {
  const a = new Resource('a');
  try {
    yield a;
  } finally {
    a.close();
  }
});

const dependency_b = dependency({ a: dependency_a }, function* ({ a }) {
  const b = new Resource('b', a);
  try {
    yield b;
  } finally {
    b.close();
  }
});

const dependency_c = dependency({ b: dependency_b }, function* ({ b }) {
  const c = new Resource('c', b);
  try {
    yield c;
  } finally {
    c.close();
  }
});
type C = Provided<typeof dependency_c>;

@Controller()
class Root {
  @Get('/')
  read_root(@Depends(dependency_c) c: C) {
    return { c: String(c) };
  }
}

export const app = new Vivace({ controllers: [Root] });
