import { expect, it } from 'vitest';
import { valuesText } from '../../../generators/third-party/values-text.ts';

it('writes values in the order of the settings, each below its reason', () => {
  const text = valuesText([
    { path: 'controller.replicas', value: 2, why: 'one may go' },
    { path: 'configs.cm.admin\\.enabled', value: false, why: 'nobody' },
    { path: 'controller.annotations', value: { on: 'yes' }, why: 'an address', isUnverified: true },
  ]);
  expect(text).toBe(
    [
      'controller:',
      '  # one may go',
      '  replicas: 2',
      '  # unverified: an address',
      '  annotations:',
      '    "on": "yes"',
      'configs:',
      '  cm:',
      '    # nobody',
      '    admin.enabled: false',
      '',
    ].join('\n'),
  );
});

it('refuses two settings of one path, and one inside another', () => {
  const image = { path: 'image', value: { tag: '1' }, why: 'x' };
  const tag = { path: 'image.tag', value: '2', why: 'x' };
  expect(() => valuesText([image, image])).toThrow('the settings image and image overlap');
  expect(() => valuesText([image, tag])).toThrow('the settings image and image.tag overlap');
  expect(() => valuesText([tag, image])).toThrow('the settings image and image.tag overlap');
});
