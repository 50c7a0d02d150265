import { Controller, Get, Path, Vivace } from 'vivace';

@Controller()
class Routes {
  @Get('/required-str/:p')
  read_required_str(p: string) {
    return { p };
  }

  @Get('/required-alias/:p_alias')
  read_required_alias(@Path('p_alias') p: string) {
    return { p };
  }

  @Get('/required-validation-alias/:p_val_alias')
  read_required_validation_alias(@Path('p_val_alias') p: string) {
    return { p };
  }

  @Get('/required-alias-and-validation-alias/:p_val_alias')
  read_required_alias_and_validation_alias(@Path('p_val_alias') p: string) {
    return { p };
  }
}

export const app = new Vivace({ controllers: [Routes] });
