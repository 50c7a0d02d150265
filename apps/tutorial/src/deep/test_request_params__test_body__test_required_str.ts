import { Body, Controller, Field, Post, Vivace } from 'vivace';

class BodyModelRequiredStr {
  p!: string;
}

class BodyModelRequiredAlias {
  @Field({ alias: 'p_alias' }) p!: string;
}

class BodyModelRequiredValidationAlias {
  @Field({ alias: { in: 'p_val_alias' } }) p!: string;
}

class BodyModelRequiredAliasAndValidationAlias {
  @Field({ alias: { in: 'p_val_alias', out: 'p_alias' } }) p!: string;
}

@Controller()
class Routes {
  @Post('/required-str', { operationId: 'required_str' })
  read_required_str(@Body({ embed: true }) p: string) {
    return { p };
  }

  @Post('/model-required-str', { operationId: 'model_required_str' })
  read_model_required_str(p: BodyModelRequiredStr) {
    return { p: p.p };
  }

  @Post('/required-alias', { operationId: 'required_alias' })
  read_required_alias(@Body({ embed: true, alias: 'p_alias' }) p: string) {
    return { p };
  }

  @Post('/model-required-alias', { operationId: 'model_required_alias' })
  read_model_required_alias(p: BodyModelRequiredAlias) {
    return { p: p.p };
  }

  @Post('/required-validation-alias', { operationId: 'required_validation_alias' })
  read_required_validation_alias(@Body({ embed: true, alias: 'p_val_alias' }) p: string) {
    return { p };
  }

  @Post('/model-required-validation-alias', { operationId: 'model_required_validation_alias' })
  read_model_required_validation_alias(p: BodyModelRequiredValidationAlias) {
    return { p: p.p };
  }

  @Post('/required-alias-and-validation-alias', {
    operationId: 'required_alias_and_validation_alias',
  })
  read_required_alias_and_validation_alias(@Body({ embed: true, alias: 'p_val_alias' }) p: string) {
    return { p };
  }

  @Post('/model-required-alias-and-validation-alias', {
    operationId: 'model_required_alias_and_validation_alias',
  })
  read_model_required_alias_and_validation_alias(p: BodyModelRequiredAliasAndValidationAlias) {
    return { p: p.p };
  }
}

export const app = new Vivace({ controllers: [Routes] });
