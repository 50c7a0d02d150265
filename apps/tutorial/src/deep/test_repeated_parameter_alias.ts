import { Controller, Get, Path, Query, Vivace } from 'vivace';

@Controller()
class Root {
  @Get('/:repeated_alias')
  get_parameters_with_repeated_aliases(
    @Path('repeated_alias') path: string,
    @Query('repeated_alias') query: string,
  ) {
    return { path, query };
  }
}

export const app = new Vivace({ controllers: [Root] });
