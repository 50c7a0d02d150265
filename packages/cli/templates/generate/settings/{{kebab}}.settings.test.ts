import { loadSettings } from 'vivace/settings';
import { {{pascal}}Settings } from './{{kebab}}.settings.js';

describe('{{pascal}}Settings', () => {
  it('are read from the environment', () => {
    expect(loadSettings({{pascal}}Settings, { {{constant}}_PAGE_SIZE: '50' }).pageSize).toBe(50);
    expect(() => loadSettings({{pascal}}Settings, { {{constant}}_PAGE_SIZE: 'many' })).toThrow();
  });
});
