/** An extension that uses the tools of ours as an agent does, for a picture of the question to the user. */
const { commands, lm } = require('vscode');

exports.activate = () => {
  commands.registerCommand('agent.sendEvent', () => {
    const input = { path: '.lambda/payloads/process-order/newOrder.json', qualifier: 'prod' };
    void lm.invokeTool('invokeAsync_send_event', { input, toolInvocationToken: undefined });
  });
};
