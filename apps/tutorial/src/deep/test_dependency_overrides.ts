import { Controller, Depends, Get, Query, Vivace, dependency, int } from 'vivace';
import { override } from 'vivace/testing';

interface Parameters {
  [name: string]: unknown;
}

const common_parameters = dependency(
  { q: Query(String), skip: Query(int, { default: 0 }), limit: Query(int, { default: 100 }) },
  ({ q, skip, limit }): Parameters => ({ q, skip, limit }),
);

@Controller()
class Main {
  @Get('/main-depends/')
  main_depends(@Depends(common_parameters) commons: Parameters) {
    return { in: 'main-depends', params: commons };
  }

  @Get('/decorator-depends/', { dependencies: [common_parameters] })
  decorator_depends() {
    return { in: 'decorator-depends' };
  }
}

@Controller()
class Router {
  @Get('/router-depends/')
  router_depends(@Depends(common_parameters) commons: Parameters) {
    return { in: 'router-depends', params: commons };
  }

  @Get('/router-decorator-depends/', { dependencies: [common_parameters] })
  router_decorator_depends() {
    return { in: 'router-decorator-depends' };
  }
}

export const app = new Vivace({ controllers: [Main, Router] });

const overrider_dependency_simple = dependency(
  { q: Query(String, { nullable: true, default: null }) },
  ({ q }): Parameters => ({
    q,
    skip: 5,
    limit: 10,
  }),
);
const overrider_sub_dependency = dependency({ k: Query(String) }, ({ k }) => ({ k }));
const overrider_dependency_with_sub = dependency(
  { msg: overrider_sub_dependency },
  ({ msg }): Parameters => msg,
);

export const overrides = {
  overrider_dependency_simple: override(common_parameters, overrider_dependency_simple),
  overrider_dependency_with_sub: override(common_parameters, overrider_dependency_with_sub),
};
