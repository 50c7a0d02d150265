import { Body, Controller, Field, Post, Vivace } from 'vivace';

class BodyModelOptionalStr {
  p: string | null = null;
}

class BodyModelOptionalAlias {
  @Field({ alias: 'p_alias' }) p: string | null = null;
}

class BodyModelOptionalValidationAlias {
  @Field({ alias: { in: 'p_val_alias' } }) p: string | null = null;
}

class BodyModelOptionalAliasAndValidationAlias {
  @Field({ alias: { in: 'p_val_alias', out: 'p_alias' } }) p: string | null = null;
}

@Controller()
class Routes {
  @Post('/optional-str', { operationId: 'optional_str' })
  read_optional_str(@Body({ embed: true }) p: string | null = null) {
    return { p };
  }

  @Post('/model-optional-str', { operationId: 'model_optional_str' })
  read_model_optional_str(p: BodyModelOptionalStr) {
    return { p: p.p };
  }

  @Post('/optional-alias', { operationId: 'optional_alias' })
  read_optional_alias(@Body({ embed: true, alias: 'p_alias' }) p: string | null = null) {
    return { p };
  }

  @Post('/model-optional-alias', { operationId: 'model_optional_alias' })
  read_model_optional_alias(p: BodyModelOptionalAlias) {
    return { p: p.p };
  }

  @Post('/optional-validation-alias', { operationId: 'optional_validation_alias' })
  read_optional_validation_alias(
    @Body({ embed: true, alias: 'p_val_alias' }) p: string | null = null,
  ) {
    return { p };
  }

  @Post('/model-optional-validation-alias', { operationId: 'model_optional_validation_alias' })
  read_model_optional_validation_alias(p: BodyModelOptionalValidationAlias) {
    return { p: p.p };
  }

  @Post('/optional-alias-and-validation-alias', {
    operationId: 'optional_alias_and_validation_alias',
  })
  read_optional_alias_and_validation_alias(
    @Body({ embed: true, alias: 'p_val_alias' }) p: string | null = null,
  ) {
    return { p };
  }

  @Post('/model-optional-alias-and-validation-alias', {
    operationId: 'model_optional_alias_and_validation_alias',
  })
  read_model_optional_alias_and_validation_alias(p: BodyModelOptionalAliasAndValidationAlias) {
    return { p: p.p };
  }
}

export const app = new Vivace({ controllers: [Routes] });
