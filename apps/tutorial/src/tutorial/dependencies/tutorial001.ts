import { Controller, Depends, Get, Query, Vivace, dependency, int, type Provided } from 'vivace';

const common_parameters = dependency(
  {
    q: Query(String, { nullable: true, default: null }),
    skip: Query(int, { default: 0 }),
    limit: Query(int, { default: 100 }),
  },
  (commons) => commons,
);
type Commons = Provided<typeof common_parameters>;

@Controller()
class Shop {
  @Get('/items/')
  read_items(@Depends(common_parameters) commons: Commons) {
    return commons;
  }

  @Get('/users/')
  read_users(@Depends(common_parameters) commons: Commons) {
    return commons;
  }
}

export const app = new Vivace({ controllers: [Shop] });
