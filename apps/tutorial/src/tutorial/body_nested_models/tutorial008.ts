import { Controller, Post, Vivace, url } from 'vivace';

class Image {
  url!: url;
  name!: string;
}

@Controller('/images')
class Images {
  @Post('/multiple/')
  create_multiple_images(images: Image[]) {
    return images;
  }
}

export const app = new Vivace({ controllers: [Images] });
