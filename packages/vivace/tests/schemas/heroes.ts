import { Body, Controller, Get, Post, Query, Vivace } from 'vivace';
import { z } from 'zod';

const NewHero = z.object({
  name: z.string().min(2).max(50),
  born: z.iso.date(),
  powers: z.array(z.string()).default([]),
});
const Hero = NewHero.extend({ id: z.int() }).meta({ id: 'Hero' });
const Filter = z.object({
  name: z.string().optional(),
  power: z.array(z.string()).default([]),
  limit: z.coerce.number().int().max(100).default(20),
});

const heroes: z.infer<typeof Hero>[] = [];

@Controller('/heroes')
class Heroes {
  @Post('/', { status: 201, response: Hero })
  create(@Body(NewHero) hero: z.infer<typeof NewHero>) {
    const created = { ...hero, id: heroes.length + 1 };
    heroes.push(created);
    return created;
  }

  @Get('/', { response: [Hero] })
  list(@Query(Filter) { name, power, limit }: z.infer<typeof Filter>) {
    return heroes
      .filter((hero) => name === undefined || hero.name === name)
      .filter((hero) => power.every((one) => hero.powers.includes(one)))
      .slice(0, limit);
  }
}

export const app = new Vivace({ title: 'Heroes', controllers: [Heroes] });
