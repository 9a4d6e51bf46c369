; Scopes and names of Java. What the captures mean: ../locals.ts

[(method_declaration) (constructor_declaration) (lambda_expression) (static_initializer) (compact_constructor_declaration)] @scope.function
[(block) (for_statement) (enhanced_for_statement) (try_with_resources_statement) (catch_clause) (switch_block) (record_declaration)] @scope
[(class_body) (interface_body) (enum_body)] @scope.class
(class_declaration superclass: (superclass (type_identifier) @superclass) body: (class_body) @scope.class)

(if_statement consequence: (_) @branch)
(if_statement alternative: (_) @branch)
(ternary_expression consequence: (_) @branch)
(ternary_expression alternative: (_) @branch)
[(switch_block_statement_group) (switch_rule) (try_statement) (catch_clause)] @branch.any
[(for_statement) (enhanced_for_statement) (while_statement) (do_statement)] @branch.loop

(import_declaration (scoped_identifier name: (identifier) @definition.module) .)
(scoped_identifier scope: (identifier) @property)
(scoped_type_identifier (type_identifier) @property)
(class_declaration name: (identifier) @definition.field)
(interface_declaration name: (identifier) @definition.field)
(enum_declaration name: (identifier) @definition.field)
(record_declaration name: (identifier) @definition.outer)
(annotation_type_declaration name: (identifier) @definition.field)
(type_parameter (type_identifier) @definition)
(enum_constant name: (identifier) @definition.field)

(field_declaration type: (_) @type declarator: (variable_declarator name: (identifier) @definition.field value: (_)? @value))
(constant_declaration type: (_) @type declarator: (variable_declarator name: (identifier) @definition.field value: (_)? @value))
(local_variable_declaration type: (_) @type declarator: (variable_declarator name: (identifier) @definition.local value: (_)? @value))
(formal_parameter type: (_) @type name: (identifier) @definition)
(spread_parameter (_) @type (variable_declarator name: (identifier) @definition))
(catch_formal_parameter name: (identifier) @definition)
(resource type: (_) @type name: (identifier) @definition value: (_) @value)
(enhanced_for_statement type: (_) @type name: (identifier) @definition)
(lambda_expression parameters: (identifier) @definition)
(inferred_parameters (identifier) @definition)
(instanceof_expression right: (_) @type name: (identifier) @definition.function)
(assignment_expression left: (identifier) @assignment right: (_) @value)

(method_declaration name: (identifier) @property)
(constructor_declaration name: (identifier) @property)
(method_invocation name: (identifier) @property)
(method_reference (_) (identifier) @property .)
(field_access field: (identifier) @property)
(field_access object: (this) field: (identifier) @member)
(assignment_expression left: (field_access object: (this) field: (identifier) @definition.member) right: (_) @value)
