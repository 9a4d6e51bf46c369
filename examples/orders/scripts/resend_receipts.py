"""Sends the receipts of a day once more: python resend_receipts.py receipts-2026-11-20.jsonl"""

import sys

import boto3

lambda_client = boto3.client("lambda")


def resend(receipt: str) -> bool:
    response = lambda_client.invoke_async(FunctionName="send-receipt", InvokeArgs=receipt)
    return response["Status"] == 202


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as receipts:
        queued = sum(resend(line.strip()) for line in receipts)
    print(f"{queued} receipts queued")
