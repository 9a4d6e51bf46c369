/** An event of so many messages as SQS delivers them, each with an order as JSON in its body. */
export function sqsBatch(count: number): string {
  const Records = Array.from({ length: count }, (_, index) => ({
    messageId: `7f1c2b9e-4d3a-4c58-9a6b-${String(index).padStart(12, '0')}`,
    receiptHandle: `AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a${index}`,
    body: JSON.stringify({
      orderId: `o-${index}`,
      total: 12.5 * index,
      lines: [{ sku: 'mug', quantity: 2 }],
    }),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '1772442930000',
      SenderId: 'AIDAEXAMPLEORDERS01',
      ApproximateFirstReceiveTimestamp: '1772442930012',
    },
    messageAttributes: {},
    md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:orders',
    awsRegion: 'us-east-1',
  }));
  return JSON.stringify({ Records }, null, 2);
}
