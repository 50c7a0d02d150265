import { Controller, Depends, Get, Vivace, dependency, type Provided } from 'vivace';

const ml_models = dependency(
  async function* () {
    const models = new Map([['answer_to_everything', (x: number) => x * 42]]);
    yield models;
    models.clear();
  },
  { lifetime: 'singleton' },
);
type Models = Provided<typeof ml_models>;

@Controller('/predict')
class Predictions {
  @Get()
  predict(x: number, @Depends(ml_models) models: Models) {
    return { result: models.get('answer_to_everything')?.(x) };
  }
}

export const app = new Vivace({ controllers: [Predictions], lifespan: ml_models });
