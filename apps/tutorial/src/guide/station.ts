import { Controller, Depends, Get, Vivace, dependency, type Provided } from 'vivace';

/** Stands for a connection to instruments: it is opened at the start and closed at the end. */
export const instruments = dependency(
  async function* () {
    const temperatures = new Map([['roof', 21.5]]);
    yield temperatures;
    temperatures.clear();
  },
  { lifetime: 'singleton' },
);
type Instruments = Provided<typeof instruments>;

const roof = dependency({ instruments }, ({ instruments }) => {
  if (!instruments.has('roof')) throw new Error('The instrument on the roof is silent');
});

@Controller('/temperatures')
class Temperatures {
  @Get('/:place')
  read(place: string, @Depends(instruments) instruments: Instruments): number | null {
    return instruments.get(place) ?? null;
  }
}

export const app = new Vivace({
  title: 'Weather station',
  version: '1.2.0',
  controllers: [Temperatures],
  lifespan: instruments,
  health: { checks: { roof } },
});
