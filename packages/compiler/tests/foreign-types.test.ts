import { injectIdentities, transpile } from '../src';
import { TestProject } from './project';

/** Types as an ORM has them: classes with methods, marks, and names for what is a class at run time. */
const orm = {
  'node_modules/@acme/orm/package.json': JSON.stringify({
    name: '@acme/orm',
    version: '1.0.0',
    main: 'index.js',
    types: 'index.d.ts',
  }),
  'node_modules/@acme/orm/index.js': `
    exports.Collection = class Collection {
      constructor(owner, items) { this.items = items; }
      *[Symbol.iterator]() { if (this.items === undefined) throw new Error('Collection<Hero> of Team was not loaded'); yield* this.items; }
      isLoaded() { return this.items !== undefined; }
    };
    exports.Reference = class Reference { unwrap() { return this; } };
    exports.Reader = class Reader { read() {} };`,
  'node_modules/@acme/orm/index.d.ts': `
    export declare class Collection<T extends object, O extends object = object> {
      #private; constructor(owner: O, items?: T[]); isLoaded(): boolean; [Symbol.iterator](): IterableIterator<T>;
    }
    export declare class Reference<T extends object> { private entity; unwrap(): T; }
    export declare class Reader<T> { read(): T; }
    export type Opt<T = unknown> = T & Opt.Brand;
    export declare namespace Opt { const __optional: unique symbol; interface Brand { [__optional]?: 1 } }
    export type Hidden<T = unknown> = T & Hidden.Brand;
    export declare namespace Hidden { const __hidden: unique symbol; interface Brand { [__hidden]?: 1 } }
    export type Rel<T> = T;
    type Key<T> = T extends { id: infer I } ? I : never;
    export type Ref<T> = T extends any ? EntityRef<T & object> : never;
    export type EntityRef<T extends object> = { [K in 'id' & keyof T]: T[K] } & Reference<T>;
    export type Dto<T> = { [K in keyof T]: T[K] } & { loaded?: boolean };`,
};

const program = (ending: string) => ({
  ...orm,
  'src/team.ts': `import { Collection } from '@acme/orm'; import type { int } from 'vivace'; import { Hero } from './hero${ending}';
    export class Team { id!: int; name!: string; heroes = new Collection<Hero>(this); named!: Collection<Hero, Team>; }`,
  'src/hero.ts': `import type { Opt, Hidden, Rel, Ref, Reader, Dto } from '@acme/orm'; import { MaxLength } from 'class-validator';
    import type { int, uuid } from 'vivace'; import type { Team } from './team${ending}';
    class Place { city!: string }
    export class Hero {
      id!: int; @MaxLength(5) name!: Opt<string>; made!: Opt<Date>; mark!: Date & Opt; seen!: Opt<Date> | null; key!: Hidden<uuid>;
      place!: Hidden<Place>; team!: Rel<Team> | null; ref!: Ref<Team>; refs!: Ref<Team>[]; reader?: Reader<Team>; dto!: Dto<Place>;
    }`,
  'src/main.ts': `import { Collection, Reference, type Opt, type Hidden, type Rel } from '@acme/orm';
    import { Body, Controller, Get, Post, Vivace, type int } from 'vivace'; import { shapeOf, wire, type Shape, type ShapeType } from 'vivace/extend';
    import { Hero } from './hero${ending}'; import { Team } from './team${ending}';
    const said = (type: ShapeType): string => {
      if (type.is === 'foreign') return type.name + '(' + type.module + ')<' + type.args.map(said).join() + '>' + (type.of ? '=' + said(type.of) : '');
      if (type.is === 'object') return type.shape().name;
      return 'of' in type ? type.is + '<' + [type.of].flat().map(said).join() + '>' : 'format' in type ? type.format! : type.is;
    };
    const show = (shape: Shape) => {
      for (const { name, type, optional, nullable, initial, rules } of shape.fields)
        console.log(shape.name, name, said(type), optional ? 'optional' : '', nullable ? 'nullable' : '', initial ? 'initial' : '', JSON.stringify(rules));
    };
    show(shapeOf(Team)); show(shapeOf(Hero));
    class Out { id!: int; heroes!: Collection<Small>; one!: Reference<Small>; at!: Opt<Date>; hidden!: Hidden<Small>; rel!: Rel<Small> | null }
    class Small { name!: string }
    @Controller() class Root {
      @Get('/out') out(): Out { return out(new Collection<Small>({}, [{ name: 'A' }])); }
      @Get('/gone') gone(): Out { return out(new Collection<Small>({})); }
      @Get('/all') all(): Iterable<Small> { return new Collection<Small>({}, [{ name: 'B' }]); }
      @Post('/in') in(@Body() value: { at: Opt<Date> | null; heroes: Collection<Small> }): { at: Opt<Date> | null } { return value; }
    }
    const small = { name: 'S' };
    const out = (heroes: Collection<Small>) => Object.assign(new Out(), { id: 1, heroes, one: small, at: new Date(0), hidden: small, rel: small, more: 1 });
    void (async () => {
      const refused = await Promise.resolve().then(() => new Vivace({ controllers: [Root] }).build()).catch((error: Error) => error.message);
      console.log(String(refused).split('\\n')[0]);
      wire(Collection, 'list');
      wire(Reference, 'itself');
      const logged: string[] = [];
      const stream = { write: (line: string) => void logged.push(line) };
      await using server = await new Vivace({ controllers: [Root], logger: { level: 'error', stream } }).build();
      for (const url of ['/out', '/gone', '/all']) console.log(url, (await server.fastify.inject(url)).body);
      console.log(/Collection<Hero> of Team was not loaded/.test(logged.join()), /response\\.heroes/.test(logged.join()));
      for (const payload of [{ at: null, heroes: [] }, { at: '2026-01-02T03:04:05Z', heroes: [{ name: 'A' }] }, { at: 'x', heroes: [{}] }]) {
        const { body } = await server.fastify.inject({ method: 'POST', url: '/in', payload });
        const { detail } = JSON.parse(body);
        console.log('/in', detail ? detail.map(({ loc }: { loc: string[] }) => loc.join('.')).join() : body);
      }
      const { components } = JSON.parse((await server.fastify.inject('/openapi.json')).body);
      console.log(JSON.stringify(components.schemas.Out.properties));
    })();`,
});

const lines = [
  'Team id int    {}',
  'Team name string    {}',
  'Team heroes Collection(@acme/orm)<Hero,record<json>>   initial {}',
  'Team named Collection(@acme/orm)<Hero,Team>    {}',
  'Hero id int    {}',
  'Hero name Opt(@acme/orm)<string>=string    {"maxLength":5}',
  'Hero made Opt(@acme/orm)<instant>=instant    {}',
  'Hero mark instant    {}',
  'Hero seen Opt(@acme/orm)<instant>=instant  nullable  {}',
  'Hero key Hidden(@acme/orm)<uuid>=uuid    {}',
  'Hero place Hidden(@acme/orm)<Place>=Place    {}',
  'Hero team Rel(@acme/orm)<Team>=Team  nullable  {}',
  'Hero ref Ref(@acme/orm)<Team>=Reference(@acme/orm)<Team>    {}',
  'Hero refs list<Ref(@acme/orm)<Team>=Reference(@acme/orm)<Team>>    {}',
  'Hero reader Reader(@acme/orm)<Team> optional   {}',
  'Hero dto Dto_Place_    {}',
  '[UNSUPPORTED_TYPE] Out.heroes (src/main.ts:14): the type Collection of @acme/orm cannot be read from or written to JSON',
  '/out {"id":1,"heroes":[{"name":"A"}],"one":{"name":"S"},"at":"1970-01-01T00:00:00Z","hidden":{"name":"S"},"rel":{"name":"S"}}',
  '/gone {"detail":"Internal Server Error"}',
  '/all [{"name":"B"}]',
  'true true',
  '/in {"at":null}',
  '/in {"at":"2026-01-02T03:04:05Z"}',
  '/in body.at,body.heroes.0.name',
  '{"id":{"type":"integer","title":"Id"},"heroes":{"items":{"$ref":"#/components/schemas/Small"},"type":"array","title":"Heroes"},"one":{"$ref":"#/components/schemas/Small"},"at":{"type":"string","format":"date-time","title":"At"},"hidden":{"$ref":"#/components/schemas/Small"},"rel":{"anyOf":[{"$ref":"#/components/schemas/Small"},{"type":"null"}]}}',
];

describe.each(['commonjs', 'module'] as const)('types of a library, in a program (%s)', (type) => {
  let project: TestProject;
  beforeAll(() => {
    project = new TestProject(program('.js'), { type });
  });
  afterAll(() => project[Symbol.dispose]());

  test.each([
    ['development', '.vivace/out/src/main.js'],
    ['a build', 'dist/main.js'],
  ])('have their names in shapes, and the form that `wire` says, in %s', (_, script) => {
    if (script.startsWith('dist')) {
      project.tsc();
      injectIdentities(project.path('dist'), project.root);
    } else transpile(project.root, project.path('.vivace/out'));
    expect(project.run(script).split('\n')).toEqual(lines);
  });
});
