import { Controller, Depends, Get, Query, Vivace, dependency, int, type Provided } from 'vivace';
import { override } from 'vivace/testing';

const q = Query(String, { nullable: true, default: null });

const common_parameters = dependency(
  { q, skip: Query(int, { default: 0 }), limit: Query(int, { default: 100 }) },
  (commons) => commons,
);
type Commons = Provided<typeof common_parameters>;

@Controller()
class Shop {
  @Get('/items/')
  read_items(@Depends(common_parameters) commons: Commons) {
    return { message: 'Hello Items!', params: commons };
  }

  @Get('/users/')
  read_users(@Depends(common_parameters) commons: Commons) {
    return { message: 'Hello Users!', params: commons };
  }
}

export const app = new Vivace({ controllers: [Shop] });

const override_dependency = dependency({ q }, ({ q }) => ({ q, skip: 5, limit: 10 }));

export const overrides = { override_dependency: override(common_parameters, override_dependency) };
