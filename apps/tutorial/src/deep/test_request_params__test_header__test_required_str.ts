import { Controller, Field, Get, Header, Vivace } from 'vivace';

class HeaderModelRequiredStr {
  p!: string;
}

class HeaderModelRequiredAlias {
  @Field({ alias: 'p_alias' }) p!: string;
}

class HeaderModelRequiredValidationAlias {
  @Field({ alias: { in: 'p_val_alias' } }) p!: string;
}

class HeaderModelRequiredAliasAndValidationAlias {
  @Field({ alias: { in: 'p_val_alias', out: 'p_alias' } }) p!: string;
}

@Controller()
class Routes {
  @Get('/required-str')
  read_required_str(@Header() p: string) {
    return { p };
  }

  @Get('/model-required-str')
  read_model_required_str(@Header() p: HeaderModelRequiredStr) {
    return { p: p.p };
  }

  @Get('/required-alias')
  read_required_alias(@Header('p_alias') p: string) {
    return { p };
  }

  @Get('/model-required-alias')
  read_model_required_alias(@Header() p: HeaderModelRequiredAlias) {
    return { p: p.p };
  }

  @Get('/required-validation-alias')
  read_required_validation_alias(@Header('p_val_alias') p: string) {
    return { p };
  }

  @Get('/model-required-validation-alias')
  read_model_required_validation_alias(@Header() p: HeaderModelRequiredValidationAlias) {
    return { p: p.p };
  }

  @Get('/required-alias-and-validation-alias')
  read_required_alias_and_validation_alias(@Header('p_val_alias') p: string) {
    return { p };
  }

  @Get('/model-required-alias-and-validation-alias')
  read_model_required_alias_and_validation_alias(
    @Header() p: HeaderModelRequiredAliasAndValidationAlias,
  ) {
    return { p: p.p };
  }
}

export const app = new Vivace({ controllers: [Routes] });
