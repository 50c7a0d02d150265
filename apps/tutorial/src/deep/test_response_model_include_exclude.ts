import { Controller, Get, Vivace, dump, int, make } from 'vivace';

class Model1 {
  foo!: string;
  bar!: string;
}

class Model2 {
  ref!: Model1;
  baz!: string;
}

class Model3 {
  name!: string;
  age!: int;
  ref2!: Model2;
}

const two = (route: string): Model2 =>
  make(Model2, {
    ref: make(Model1, { foo: `${route} model foo`, bar: `${route} model bar` }),
    baz: `${route} model2 baz`,
  });

// `include` and `exclude` name fields of the model itself. What lies deeper is left out by the handler, which then documents the model.
const documented = <const M>(model: M) =>
  ({ response: false, responses: { 200: { response: model } } }) as const;
const withoutBar = ({ ref, baz }: Model2) => ({ ref: dump(ref, { exclude: ['bar'] }), baz });

@Controller()
class Routes {
  @Get('/simple_include', documented(Model2))
  simple_include() {
    return withoutBar(two('simple_include'));
  }

  @Get('/simple_include_dict', documented(Model2))
  simple_include_dict() {
    return withoutBar(two('simple_include_dict'));
  }

  @Get('/simple_exclude', documented(Model2))
  simple_exclude() {
    return withoutBar(two('simple_exclude'));
  }

  @Get('/simple_exclude_dict', documented(Model2))
  simple_exclude_dict() {
    return withoutBar(two('simple_exclude_dict'));
  }

  @Get('/mixed', documented(Model3))
  mixed() {
    return { name: 'mixed model3 name', ref2: dump(two('mixed'), { exclude: ['baz'] }) };
  }

  @Get('/mixed_dict', documented(Model3))
  mixed_dict() {
    return { name: 'mixed_dict model3 name', ref2: dump(two('mixed_dict'), { exclude: ['baz'] }) };
  }
}

export const app = new Vivace({ controllers: [Routes] });
