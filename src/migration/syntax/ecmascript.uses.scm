; What may be a use of InvokeAsync in JavaScript and TypeScript.

(call_expression
  function: (member_expression object: (_) @receiver property: (property_identifier) @method)
  arguments: (arguments) @arguments
  (#eq? @method "invokeAsync")) @call

(call_expression
  function: (subscript_expression object: (_) @receiver index: (string (string_fragment) @method))
  arguments: (arguments) @arguments
  (#eq? @method "invokeAsync")) @call

; The operation by its name: `lambda.makeRequest('invokeAsync', input)`, `provider.request('Lambda', 'invokeAsync', input)`.
(call_expression
  function: (member_expression object: (_) @receiver property: (property_identifier) @caller)
  arguments: (arguments (string (string_fragment) @operation)) @arguments
  (#any-of? @caller "makeRequest" "makeUnauthenticatedRequest" "request")
  (#eq? @operation "invokeAsync")) @call

; The method, but no call of it: bound, passed on, taken out.
(member_expression object: (_) @owner property: (property_identifier) @passed
  (#eq? @passed "invokeAsync")) @member
(variable_declarator
  name: (object_pattern [
    (shorthand_property_identifier_pattern) @passed
    (pair_pattern key: (property_identifier) @passed)])
  value: (_) @owner
  (#eq? @passed "invokeAsync"))

(object
  (pair key: (property_identifier) @key value: (string (string_fragment) @action))
  (#eq? @key "action")
  (#any-of? @action "invokeAsync" "InvokeAsync" "InvokeAsyncCommand")) @customResource

; Invoke with the input of InvokeAsync.
(object [
  (pair key: (property_identifier) @lost)
  (pair key: (string (string_fragment) @lost))
  (shorthand_property_identifier) @lost]
  (#eq? @lost "InvokeArgs")) @lostIn
