import { Body, Controller, Put, Vivace, datetime, duration, time, uuid } from 'vivace';

@Controller('/items')
class Items {
  @Put('/:item_id')
  read_items(
    item_id: uuid,
    @Body() start_datetime: datetime,
    @Body() end_datetime: datetime,
    @Body() process_after: duration,
    @Body() repeat_at: time | null = null,
  ) {
    const wait = seconds(process_after);
    const start = Date.parse(start_datetime) + wait * 1000;
    return {
      item_id,
      start_datetime,
      end_datetime,
      process_after: wait,
      repeat_at,
      start_process: new Date(start).toISOString().replace('.000Z', '+00:00'),
      duration: (Date.parse(end_datetime) - start) / 1000,
    };
  }
}

/** The length of `P1DT2H3M4S` in seconds; a plain number is one already. */
function seconds(text: duration): number {
  const units = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(text);
  if (!units) return Number(text);
  const [, days = 0, hours = 0, minutes = 0, rest = 0] = units;
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(rest);
}

export const app = new Vivace({ controllers: [Items] });
