; Scopes and names of Ruby. What the captures mean: ../locals.ts

[(method) (singleton_method)] @scope.closed
[(class) (module) (singleton_class)] @scope.class
(class superclass: (superclass (constant) @superclass)) @scope.class
[(block) (do_block) (lambda)] @scope

(if consequence: (_) @branch)
(if alternative: (_) @branch)
(unless consequence: (_) @branch)
(unless alternative: (_) @branch)
(elsif consequence: (_) @branch)
(elsif alternative: (_) @branch)
(conditional consequence: (_) @branch)
(conditional alternative: (_) @branch)
(case [(when) (else)] @branch)
[(if_modifier body: (_) @branch.any) (unless_modifier body: (_) @branch.any) (begin) (rescue)] @branch.any
[(while) (until) (for)] @branch.loop

(class name: (constant) @definition.outer)
(module name: (constant) @definition.outer)
(method name: (identifier) @definition.field)
(singleton_method name: (identifier) @definition.field)

(method_parameters (identifier) @definition)
(block_parameters (identifier) @definition)
(lambda_parameters (identifier) @definition)
(optional_parameter name: (identifier) @definition value: (_) @value)
(keyword_parameter name: (identifier) @definition value: (_)? @value)
(splat_parameter name: (identifier) @definition)
(hash_splat_parameter name: (identifier) @definition)
(block_parameter name: (identifier) @definition)
(exception_variable (identifier) @definition.function)

(assignment left: (identifier) @definition.function right: (_) @value)
(operator_assignment left: (identifier) @definition.function right: (_) @value)
(left_assignment_list (identifier) @definition.function)
(for pattern: (identifier) @definition.function)
(assignment left: (constant) @definition.field right: (_) @value)
(assignment left: (instance_variable) @definition.member right: (_) @value)
(operator_assignment left: (instance_variable) @definition.member right: (_) @value)
(left_assignment_list (instance_variable) @definition.member)
(assignment left: (class_variable) @definition.member right: (_) @value)
(operator_assignment left: (class_variable) @definition.member right: (_) @value)
(assignment left: (global_variable) @definition.module right: (_) @value)

(instance_variable) @member
(class_variable) @member
(call receiver: (_) method: (identifier) @property)
(call receiver: (self) method: (identifier) @member)
(scope_resolution scope: (_) name: (constant) @property)
(hash_key_symbol) @property
(simple_symbol) @property
