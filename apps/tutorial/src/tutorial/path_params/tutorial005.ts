import { Controller, Get, Vivace } from 'vivace';

enum ModelName {
  alexnet = 'alexnet',
  resnet = 'resnet',
  lenet = 'lenet',
}

const messages: Record<ModelName, string> = {
  [ModelName.alexnet]: 'Deep Learning FTW!',
  [ModelName.lenet]: 'LeCNN all the images',
  [ModelName.resnet]: 'Have some residuals',
};

@Controller('/models')
class Models {
  @Get('/:model_name')
  get_model(model_name: ModelName) {
    return { model_name, message: messages[model_name] };
  }
}

export const app = new Vivace({ controllers: [Models] });
