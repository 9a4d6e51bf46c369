; Scopes and names of Go. What the captures mean: ../locals.ts

[(function_declaration) (method_declaration) (func_literal)] @scope.function
[
  (block) (if_statement) (for_statement) (expression_switch_statement) (type_switch_statement)
  (select_statement) (expression_case) (type_case) (default_case) (communication_case)
] @scope

(if_statement consequence: (_) @branch)
(if_statement alternative: (_) @branch)
[(expression_case) (type_case) (default_case) (communication_case)] @branch
(binary_expression operator: ["&&" "||"] right: (_) @branch.any)
(for_statement) @branch.loop

(import_spec name: (package_identifier) @definition.module)
(function_declaration name: (identifier) @definition.outer)
(type_spec name: (type_identifier) @definition)
(type_alias name: (type_identifier) @definition)
(type_parameter_declaration name: (identifier) @definition)
(parameter_declaration name: (identifier) @definition type: (_) @type)
(variadic_parameter_declaration name: (identifier) @definition type: (_) @type)

(var_spec name: (identifier) @definition.local type: (_)? @type)
(var_spec name: (identifier) @definition.local value: (expression_list) @values)
(const_spec name: (identifier) @definition type: (_)? @type value: (expression_list)? @values)
(short_var_declaration left: (expression_list (identifier) @definition.local) right: (expression_list) @values)
(range_clause left: (expression_list (identifier) @definition))
(receive_statement left: (expression_list (identifier) @definition))
(type_switch_statement alias: (expression_list (identifier) @definition))
(assignment_statement left: (expression_list (identifier) @assignment))
(assignment_statement left: (expression_list . (identifier) @assignment) right: (expression_list . (_) @value))

(field_identifier) @property
(label_name) @property
(keyed_element key: (literal_element (identifier) @property))
(qualified_type name: (type_identifier) @property)
