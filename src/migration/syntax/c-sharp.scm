; Scopes and names of C#. What the captures mean: ../locals.ts

[
  (method_declaration) (constructor_declaration) (local_function_statement) (lambda_expression)
  (anonymous_method_expression) (accessor_declaration) (operator_declaration)
] @scope.function
[(block) (for_statement) (foreach_statement) (using_statement) (catch_clause) (switch_section)] @scope
[(class_declaration) (struct_declaration) (record_declaration) (interface_declaration)] @scope.class
(class_declaration (base_list . (identifier) @superclass)) @scope.class

(if_statement consequence: (_) @branch)
(if_statement alternative: (_) @branch)
(conditional_expression consequence: (_) @branch)
(conditional_expression alternative: (_) @branch)
[(switch_section) (switch_expression_arm) (try_statement) (catch_clause)] @branch.any
[(for_statement) (foreach_statement) (while_statement) (do_statement)] @branch.loop

(using_directive name: (identifier) @definition.module)
(qualified_name name: (identifier) @property)
(class_declaration name: (identifier) @definition.outer)
(struct_declaration name: (identifier) @definition.outer)
(record_declaration name: (identifier) @definition.outer)
(interface_declaration name: (identifier) @definition.outer)
(enum_declaration name: (identifier) @definition)
(delegate_declaration name: (identifier) @definition)
(enum_member_declaration name: (identifier) @property)
(type_parameter name: (identifier) @definition)

(field_declaration (variable_declaration type: (_) @type (variable_declarator name: (identifier) @definition.field (_)? @value)))
(property_declaration type: (_) @type name: (identifier) @definition.field value: (_)? @value)
(variable_declaration type: (_) @type (variable_declarator name: (identifier) @definition.local))
(variable_declaration type: (_) @type (variable_declarator name: (identifier) @definition.local . (_) @value))
(tuple_pattern name: (identifier) @definition)
(parameter name: (identifier) @definition)
(parameter type: (_) @type name: (identifier) @definition)
(parameter_list name: (identifier) @definition)
(record_declaration (parameter_list (parameter type: (_) @type name: (identifier) @definition.field)))
(implicit_parameter) @definition
(foreach_statement type: (_) @type left: (identifier) @definition)
(catch_declaration type: (_) @type name: (identifier) @definition)
(declaration_pattern type: (_) @type name: (identifier) @definition.function)
(declaration_expression type: (_) @type name: (identifier) @definition.function)
(assignment_expression left: (identifier) @assignment right: (_) @value)
(initializer_expression (assignment_expression left: (identifier) @property))

(method_declaration name: (identifier) @property)
(constructor_declaration name: (identifier) @property)
(local_function_statement name: (identifier) @definition.outer)
(member_access_expression name: (_) @property)
(member_binding_expression name: (_) @property)
(member_access_expression expression: "this" name: (identifier) @member)
(assignment_expression left: (member_access_expression expression: "this" name: (identifier) @definition.member) right: (_) @value)
