;;; eglot.el --- redfirst by the client that Emacs has -*- lexical-binding: t -*-

;; usage: emacs --batch -Q -l eglot.el PROJECT
;; Debian's Emacs with its eglot and the real server on the worked example, set up as docs/editors.md says.

(require 'package)
(setq package-directory-list '("/usr/share/emacs/site-lisp/elpa"))
(package-initialize)
(require 'yaml-mode)
(require 'eglot)
(require 'cl-lib)

(defvar suite-project (expand-file-name (car command-line-args-left)))
(defvar suite-passed 0)
(defvar suite-patience (string-to-number (or (getenv "REDFIRST_PATIENCE") "180000")))
(defvar suite-asked nil "What Emacs wanted a person to agree to.")
(setq command-line-args-left nil)

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '((yaml-mode yaml-ts-mode) . ("redfirst" "lsp"))))

(defun suite-wait (condition)
  "Wait until CONDITION, a function, returns something, and return it."
  (let ((end (+ (float-time) (/ suite-patience 1000.0))) found)
    (while (not (or (setq found (funcall condition)) (> (float-time) end)))
      (accept-process-output nil 0.05))
    found))

(defun suite-leave (failed)
  "Say how it went, with FAILED failures, and leave."
  (princ (format "eglot: %d passed, %d failed\n" suite-passed failed))
  (let ((kill-emacs-hook nil)) (ignore-errors (eglot-shutdown-all)))
  (kill-emacs (if (zerop failed) 0 1)))

(defmacro stage (name &rest body)
  "Try NAME: the last form of BODY says whether it holds.  What comes later stands on it."
  (declare (indent 1))
  `(let ((outcome (condition-case raised (progn ,@body) (error (princ (format "%S\n" raised)) nil))))
     (princ (format "%s - %s\n" (if outcome "ok" "NOT OK") ,name))
     (if outcome (cl-incf suite-passed)
       (dolist (each (flymake-diagnostics)) (princ (format "  %s\n" (flymake-diagnostic-text each))))
       (princ (with-current-buffer "*Messages*" (buffer-string)))
       (suite-leave 1))))

(defun suite-said (text)
  "Whether a finding of this buffer holds TEXT."
  (cl-find-if (lambda (each) (string-match-p (regexp-quote text) (flymake-diagnostic-text each))) (flymake-diagnostics)))

(defun suite-act (title)
  "Choose the code action whose title holds TITLE at point, and agree to everything."
  (cl-letf (((symbol-function 'completing-read)
             (lambda (_prompt actions &rest _)
               (or (car (cl-find-if (lambda (each) (string-match-p (regexp-quote title) (car each))) actions))
                   (error "No action `%s' among %S" title (mapcar #'car actions)))))
            ((symbol-function 'y-or-n-p) (lambda (prompt) (push prompt suite-asked)))
            (last-nonmenu-event t))
    ;; Emacs waits ten seconds for a command; a busy machine may need more, and what it does counts.
    (condition-case raised (eglot-code-actions (point) (point) nil t)
      (jsonrpc-error (unless (string-match-p "Timed out" (format "%S" raised)) (signal (car raised) (cdr raised)))))))

(setq eglot-sync-connect t eglot-autoreconnect nil enable-local-variables nil)
(find-file (expand-file-name "specs/retry.yml" suite-project))

(stage "a spec is opened in yaml-mode, and the server starts"
  (call-interactively #'eglot)
  (and (eq major-mode 'yaml-mode) (eglot-managed-p)))

(stage "a broken line is underlined"
  (let ((found (suite-wait (lambda () (suite-said "[RF102]")))))
    (goto-char (point-min))
    (search-forward "edge_case:")
    (= (line-number-at-pos (flymake-diagnostic-beg found)) (line-number-at-pos))))

(stage "a quick fix mends it"
  (goto-char (flymake-diagnostic-beg (suite-said "[RF102]")))
  (suite-act "Write `edge_cases`")
  (save-buffer) ; Emacs tells of changes when a person pauses, or saves
  (suite-wait (lambda () (and (string-match-p "^edge_cases:" (buffer-string)) (not (suite-said "[RF102]"))))))

(stage "a hover tells of the function"
  (goto-char (point-min))
  (search-forward "function: plan")
  (let (shown)
    (suite-wait (lambda ()
                  (eglot-hover-eldoc-function (lambda (text &rest _) (setq shown text)))
                  (accept-process-output nil 0.2)
                  shown))
    (string-match-p "plan_retry" (substring-no-properties shown))))

(stage "generate writes the tests"
  (suite-act "Generate")
  (suite-wait (lambda () (file-exists-p (expand-file-name "tests/test_plan_retry.py" suite-project)))))

(stage "the tests are missing no more"
  (suite-wait (lambda () (not (suite-said "[RF501]")))))

(suite-leave 0)
;;; eglot.el ends here
