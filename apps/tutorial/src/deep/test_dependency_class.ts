import { Controller, Depends, Get, Query, Vivace, dependency } from 'vivace';

const inputs = { value: Query(String) };

class Callable {
  call(value: string) {
    return value;
  }

  *generate(value: string) {
    yield value;
  }

  async callLater(value: string) {
    return value;
  }

  async *generateLater(value: string) {
    yield value;
  }
}

class Methods {
  readonly #greeting = '';

  synchronous({ value }: { value: string }) {
    return this.#greeting + value;
  }

  *synchronousGenerator({ value }: { value: string }) {
    yield this.#greeting + value;
  }

  async asynchronous({ value }: { value: string }) {
    return this.#greeting + value;
  }

  async *asynchronousGenerator({ value }: { value: string }) {
    yield this.#greeting + value;
  }
}

const callable = new Callable();
const methods = new Methods();

const callable_dependency = dependency(inputs, ({ value }) => callable.call(value));
const callable_gen_dependency = dependency(inputs, ({ value }) => callable.generate(value));
const async_callable_dependency = dependency(inputs, ({ value }) => callable.callLater(value));
const async_callable_gen_dependency = dependency(inputs, ({ value }) =>
  callable.generateLater(value),
);
const synchronous_method = dependency(inputs, methods.synchronous.bind(methods));
const synchronous_method_gen = dependency(inputs, methods.synchronousGenerator.bind(methods));
const asynchronous_method = dependency(inputs, methods.asynchronous.bind(methods));
const asynchronous_method_gen = dependency(inputs, methods.asynchronousGenerator.bind(methods));

@Controller()
class Routes {
  @Get('/callable-dependency')
  get_callable_dependency(@Depends(callable_dependency) value: string) {
    return value;
  }

  @Get('/callable-gen-dependency')
  get_callable_gen_dependency(@Depends(callable_gen_dependency) value: string) {
    return value;
  }

  @Get('/async-callable-dependency')
  get_async_callable_dependency(@Depends(async_callable_dependency) value: string) {
    return value;
  }

  @Get('/async-callable-gen-dependency')
  get_async_callable_gen_dependency(@Depends(async_callable_gen_dependency) value: string) {
    return value;
  }

  @Get('/synchronous-method-dependency')
  get_synchronous_method_dependency(@Depends(synchronous_method) value: string) {
    return value;
  }

  @Get('/synchronous-method-gen-dependency')
  get_synchronous_method_gen_dependency(@Depends(synchronous_method_gen) value: string) {
    return value;
  }

  @Get('/asynchronous-method-dependency')
  get_asynchronous_method_dependency(@Depends(asynchronous_method) value: string) {
    return value;
  }

  @Get('/asynchronous-method-gen-dependency')
  get_asynchronous_method_gen_dependency(@Depends(asynchronous_method_gen) value: string) {
    return value;
  }

  @Get('/callable-dependency-class')
  get_callable_dependency_class(@Depends(callable_dependency) value: string) {
    return value;
  }

  @Get('/callable-gen-dependency-class')
  get_callable_gen_dependency_class(@Depends(callable_gen_dependency) value: string) {
    return value;
  }

  @Get('/async-callable-dependency-class')
  get_async_callable_dependency_class(@Depends(async_callable_dependency) value: string) {
    return value;
  }

  @Get('/async-callable-gen-dependency-class')
  get_async_callable_gen_dependency_class(@Depends(async_callable_gen_dependency) value: string) {
    return value;
  }
}

export const app = new Vivace({ controllers: [Routes] });
