; Scopes and names of JavaScript and TypeScript. What the captures mean: ../locals.ts

[(statement_block) (for_statement) (for_in_statement) (switch_body) (catch_clause)] @scope
(arrow_function) @scope.function
[
  (function_declaration) (function_expression)
  (generator_function_declaration) (generator_function)
] @scope.this
(method_definition) @scope.method
(pair value: [(function_expression) (generator_function)] @scope.method)
(object) @scope.object
[(class_declaration) (class)] @scope.class

(if_statement consequence: (_) @branch)
(if_statement alternative: (else_clause) @branch)
(ternary_expression consequence: (_) @branch)
(ternary_expression alternative: (_) @branch)
[(switch_case) (switch_default) (try_statement) (catch_clause)] @branch.any
(binary_expression operator: ["&&" "||" "??"] right: (_) @branch.any)
[(for_statement) (for_in_statement) (while_statement) (do_statement)] @branch.loop

(lexical_declaration (variable_declarator name: (identifier) @definition value: (_)? @value))
(variable_declaration (variable_declarator name: (identifier) @definition.function value: (_)? @value))
(variable_declaration (variable_declarator
  name: (object_pattern [
    (shorthand_property_identifier_pattern) @definition.function
    (pair_pattern value: (identifier) @definition.function)])))
(for_in_statement kind: _ left: (identifier) @definition)
(for_in_statement !kind left: (identifier) @assignment)

(function_declaration name: (identifier) @definition.outer)
(generator_function_declaration name: (identifier) @definition.outer)
(class_declaration name: (_) @definition.outer)
(function_expression name: (identifier) @definition)
(class name: (_) @definition)

(arrow_function parameter: (identifier) @definition)
(catch_clause parameter: (identifier) @definition)

(shorthand_property_identifier_pattern) @definition
(pair_pattern value: (identifier) @definition)
(pair_pattern value: (assignment_pattern left: (identifier) @definition))
(array_pattern (identifier) @definition)
(rest_pattern (identifier) @definition)

(import_clause (identifier) @definition.module)
(import_specifier name: (identifier) @definition.module !alias)
(import_specifier name: (identifier) @property alias: (identifier) @definition.module)
(namespace_import (identifier) @definition.module)
(export_specifier alias: (_) @property)

(assignment_expression left: (identifier) @assignment right: (_) @value)
(augmented_assignment_expression left: (identifier) @assignment right: (_) @value)
(assignment_expression left: (object_pattern (shorthand_property_identifier_pattern) @assignment))
(assignment_expression left: (object_pattern (pair_pattern value: (identifier) @assignment)))

(property_identifier) @property
(private_property_identifier) @property
(statement_identifier) @property
(member_expression object: (this) property: (_) @member)
(assignment_expression left: (member_expression object: (this) property: (_) @definition.member) right: (_) @value)
(class_body (method_definition name: (_) @definition.member))
(object (method_definition name: (_) @definition.member))
(object (pair key: (property_identifier) @definition.member value: (_) @value))
