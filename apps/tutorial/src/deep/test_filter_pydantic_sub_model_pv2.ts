import { Controller, Depends, FieldValidator, Get, Vivace, dependency } from 'vivace';

class ModelB {
  username!: string;
}

class ModelC extends ModelB {
  password!: string;
}

class ModelA {
  name!: string;
  description: string | null = null;
  foo!: ModelB;
  tags: Record<string, string> = {};

  @FieldValidator('name')
  static lower_username(name: string) {
    if (!name.endsWith('A')) throw new Error('name must end in A');
    return name;
  }
}

const get_model_c = dependency((): ModelC => ({
  username: 'test-user',
  password: 'test-password',
}));

@Controller('/model')
class Models {
  @Get('/:name', { response: ModelA })
  get_model_a(name: string, @Depends(get_model_c) foo: ModelC) {
    return { name, description: 'model-a-desc', foo, tags: { key1: 'value1', key2: 'value2' } };
  }
}

export const app = new Vivace({ controllers: [Models] });
