import { portOf, proxiesOf, secondsOf, workersOf } from './arguments';

describe('the arguments of vivace run', () => {
  it.each([
    ['10.0.0.1', ['10.0.0.1']],
    ['10.0.0.0/8, ::1', ['10.0.0.0/8', '::1']],
    ['fd00::/8', ['fd00::/8']],
  ])('trust the proxies %s', (text, proxies) => expect(proxiesOf(text)).toEqual(proxies));

  it('trust more proxies with each word', () =>
    expect(proxiesOf('10.0.0.2', ['10.0.0.1'])).toEqual(['10.0.0.1', '10.0.0.2']));

  it.each(['nonsense', '', '10.0.0.1,', '10.0.0.0/33', '10.0.0.0/0', '10.0.0', 'dist/app.js'])(
    'trust no proxy %j',
    (text) => expect(() => proxiesOf(text)).toThrow('is no address such as 10.0.0.1'),
  );

  it.each(['', '-1', '1e3', '80 ', '65536'])('have no port %j', (text) =>
    expect(() => portOf(text)).toThrow('from 0 to 65535'),
  );

  it('have numbers of workers and seconds', () => {
    expect([workersOf('3'), secondsOf('0.5')]).toEqual([3, 0.5]);
    expect(workersOf('auto')).toBeGreaterThan(0);
  });
});
