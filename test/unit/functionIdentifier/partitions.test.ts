import assert from 'node:assert/strict';
import {
  findPartition,
  partitionOfRegion,
  partitions,
  regionDescription,
  similarPartition,
  similarRegion,
} from '../../../src/core/functionIdentifier/partitions';
import { spelling } from '../../../src/core/functionIdentifier/parse';

describe('partitions', () => {
  it('hold the public, the Chinese, the sovereign, the government and the isolated ones', () => {
    for (const id of ['aws', 'aws-cn', 'aws-eusc', 'aws-us-gov', 'aws-iso', 'aws-iso-b']) {
      assert.ok(findPartition(id), id);
    }
    assert.equal(findPartition('aws-foo'), undefined);
  });

  it('hold every region of theirs, in no other partition, in a spelling that the service accepts', () => {
    for (const { id, regions } of partitions) {
      assert.ok(regions.length > 0, id);
      for (const { name } of regions) {
        assert.equal(partitionOfRegion(name)?.id, id);
        assert.match(name, spelling.region);
        assert.notEqual(regionDescription(name), undefined);
        assert.equal(similarRegion(name), undefined, `${name} is itself`);
      }
    }
  });

  it('know the partition of a new region by its name', () => {
    assert.equal(partitionOfRegion('eu-north-7')?.id, 'aws');
    assert.equal(partitionOfRegion('us-gov-north-1')?.id, 'aws-us-gov');
    assert.equal(partitionOfRegion('zz-north-1'), undefined);
  });

  it('know which partition was meant', () => {
    assert.equal(similarPartition('asw'), 'aws');
    assert.equal(similarPartition('AWS-CN'), 'aws-cn');
    assert.equal(similarPartition('aws-iso-x'), undefined, 'three are equally near');
    assert.equal(similarPartition('partition'), undefined);
  });

  const slips: readonly (readonly [text: string, region: string | undefined])[] = [
    ['US-EAST-1', 'us-east-1'],
    ['us_east_1', 'us-east-1'],
    ['useast1', 'us-east-1'],
    ['us-east1', 'us-east-1'],
    ['us-east-1a', 'us-east-1'],
    ['us-esat-1', 'us-east-1'],
    ['us-wets-2', 'us-west-2'],
    ['eu-centrall-1', 'eu-central-1'],
    ['eu-cental-1', 'eu-central-1'],
    // May be new regions.
    ['us-east-9', undefined],
    ['nz-north-1', undefined],
    ['us-coast-1', undefined],
    // Placeholders.
    ['region', undefined],
    ['REGION', undefined],
    ['aws-region', undefined],
    ['xx-xxxx-1', undefined],
    ['', undefined],
    ['us-wast-1', undefined],
  ];
  for (const [text, region] of slips) {
    it(`take ${text === '' ? 'nothing' : text} for ${region ?? 'no known region'}`, () => {
      assert.equal(similarRegion(text), region);
    });
  }
});
