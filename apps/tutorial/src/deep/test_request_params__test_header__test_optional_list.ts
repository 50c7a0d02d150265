import { Controller, Field, Get, Header, Vivace } from 'vivace';

class HeaderModelOptionalListStr {
  p: string[] | null = null;
}

class HeaderModelOptionalListAlias {
  @Field({ alias: 'p_alias' }) p: string[] | null = null;
}

class HeaderModelOptionalListValidationAlias {
  @Field({ alias: { in: 'p_val_alias' } }) p: string[] | null = null;
}

class HeaderModelOptionalListAliasAndValidationAlias {
  @Field({ alias: { in: 'p_val_alias', out: 'p_alias' } }) p: string[] | null = null;
}

@Controller()
class Routes {
  @Get('/optional-list-str')
  read_optional_list_str(@Header() p: string[] | null = null) {
    return { p };
  }

  @Get('/model-optional-list-str')
  read_model_optional_list_str(@Header() p: HeaderModelOptionalListStr) {
    return { p: p.p };
  }

  @Get('/optional-list-alias')
  read_optional_list_alias(@Header('p_alias') p: string[] | null = null) {
    return { p };
  }

  @Get('/model-optional-list-alias')
  read_model_optional_list_alias(@Header() p: HeaderModelOptionalListAlias) {
    return { p: p.p };
  }

  @Get('/optional-list-validation-alias')
  read_optional_list_validation_alias(@Header('p_val_alias') p: string[] | null = null) {
    return { p };
  }

  @Get('/model-optional-list-validation-alias')
  read_model_optional_list_validation_alias(@Header() p: HeaderModelOptionalListValidationAlias) {
    return { p: p.p };
  }

  @Get('/optional-list-alias-and-validation-alias')
  read_optional_list_alias_and_validation_alias(@Header('p_val_alias') p: string[] | null = null) {
    return { p };
  }

  @Get('/model-optional-list-alias-and-validation-alias')
  read_model_optional_list_alias_and_validation_alias(
    @Header() p: HeaderModelOptionalListAliasAndValidationAlias,
  ) {
    return { p: p.p };
  }
}

export const app = new Vivace({ controllers: [Routes] });
