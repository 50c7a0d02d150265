import { Controller, Field, Get, Header, Vivace } from 'vivace';

class HeaderModelOptionalStr {
  p: string | null = null;
}

class HeaderModelOptionalAlias {
  @Field({ alias: 'p_alias' }) p: string | null = null;
}

class HeaderModelOptionalValidationAlias {
  @Field({ alias: { in: 'p_val_alias' } }) p: string | null = null;
}

class HeaderModelOptionalAliasAndValidationAlias {
  @Field({ alias: { in: 'p_val_alias', out: 'p_alias' } }) p: string | null = null;
}

@Controller()
class Routes {
  @Get('/optional-str')
  read_optional_str(@Header() p: string | null = null) {
    return { p };
  }

  @Get('/model-optional-str')
  read_model_optional_str(@Header() p: HeaderModelOptionalStr) {
    return { p: p.p };
  }

  @Get('/optional-alias')
  read_optional_alias(@Header('p_alias') p: string | null = null) {
    return { p };
  }

  @Get('/model-optional-alias')
  read_model_optional_alias(@Header() p: HeaderModelOptionalAlias) {
    return { p: p.p };
  }

  @Get('/optional-validation-alias')
  read_optional_validation_alias(@Header('p_val_alias') p: string | null = null) {
    return { p };
  }

  @Get('/model-optional-validation-alias')
  read_model_optional_validation_alias(@Header() p: HeaderModelOptionalValidationAlias) {
    return { p: p.p };
  }

  @Get('/optional-alias-and-validation-alias')
  read_optional_alias_and_validation_alias(@Header('p_val_alias') p: string | null = null) {
    return { p };
  }

  @Get('/model-optional-alias-and-validation-alias')
  read_model_optional_alias_and_validation_alias(
    @Header() p: HeaderModelOptionalAliasAndValidationAlias,
  ) {
    return { p: p.p };
  }
}

export const app = new Vivace({ controllers: [Routes] });
