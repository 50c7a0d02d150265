import { Controller, FieldValidator, Form, Post, UploadFile, Vivace } from 'vivace';

class Place {
  name!: string;
  country!: string;
}

class Postcard {
  @FieldValidator('place', { mode: 'before' })
  static parsed(text: string): unknown {
    return JSON.parse(text);
  }

  place!: Place;
  photo!: UploadFile;
}

@Controller('/postcards')
class Postcards {
  @Post('/')
  send(@Form() { place, photo }: Postcard): string {
    return `${photo.filename} of ${place.name}, ${place.country}`;
  }
}

export const app = new Vivace({ controllers: [Postcards] });
