; Scopes and names of PHP. What the captures mean: ../locals.ts

[(function_definition) (method_declaration) (anonymous_function)] @scope.closed
(arrow_function) @scope.function
[(class_declaration) (trait_declaration) (enum_declaration) (interface_declaration) (anonymous_class)] @scope.class
(class_declaration (base_clause (name) @superclass)) @scope.class

(if_statement body: (_) @branch)
(if_statement alternative: (_) @branch)
(conditional_expression body: (_) @branch)
(conditional_expression alternative: (_) @branch)
[(case_statement) (default_statement) (try_statement) (catch_clause)] @branch.any
[(foreach_statement) (for_statement) (while_statement) (do_statement)] @branch.loop

(namespace_use_clause (qualified_name (name) @definition.module) !alias)
(namespace_use_clause (name) @definition.module !alias)
(namespace_use_clause (qualified_name (name) @property) alias: (name) @definition.module)
(namespace_name (name) @property)
(class_declaration name: (name) @definition.module)
(function_definition name: (name) @definition.module)
(interface_declaration name: (name) @definition.module)

(simple_parameter type: (_)? @type name: (variable_name) @definition default_value: (_)? @value)
(variadic_parameter name: (variable_name) @definition)
(property_promotion_parameter type: (_)? @type name: (variable_name) @definition)
(property_promotion_parameter type: (_)? @type name: (variable_name (name) @definition.member))
(assignment_expression left: (variable_name) @definition.function right: (_) @value)
(augmented_assignment_expression left: (variable_name) @definition.function right: (_) @value)
(assignment_expression left: (list_literal (variable_name) @definition.function))
(foreach_statement (variable_name) (variable_name) @definition.function)
(foreach_statement (pair (variable_name) @definition.function))
(catch_clause name: (variable_name) @definition.function)
(static_variable_declaration name: (variable_name) @definition.function value: (_)? @value)
(global_declaration "global" (variable_name) @nonlocal)
(anonymous_function_use_clause "use" (variable_name) @nonlocal)
(anonymous_function_use_clause "use" (by_ref (variable_name) @nonlocal))

(variable_name (name) @property)
(property_element name: (variable_name) @property)
(property_declaration type: (_)? @type (property_element name: (variable_name (name) @definition.member) default_value: (_)? @value))
(method_declaration name: (name) @definition.member)
(member_call_expression name: (name) @property)
(member_access_expression name: (name) @property)
(scoped_call_expression name: (name) @property)
(argument name: (name) @property)
(member_access_expression object: (variable_name) @_this name: (name) @member (#eq? @_this "$this"))
(nullsafe_member_access_expression object: (variable_name) @_this name: (name) @member (#eq? @_this "$this"))
(member_call_expression object: (variable_name) @_this name: (name) @member (#eq? @_this "$this"))
(scoped_property_access_expression name: (variable_name (name) @member))
(scoped_property_access_expression name: (variable_name) @property)
(assignment_expression
  left: (member_access_expression object: (variable_name) @_this name: (name) @definition.member)
  right: (_) @value (#eq? @_this "$this"))
(augmented_assignment_expression
  left: (member_access_expression object: (variable_name) @_this name: (name) @definition.member)
  right: (_) @value (#eq? @_this "$this"))
(assignment_expression
  left: (scoped_property_access_expression name: (variable_name (name) @definition.member)) right: (_) @value)
