;;; eglot.el --- redfirst by the client that Emacs has -*- lexical-binding: t -*-

;; usage: emacs --batch -Q -l eglot.el PROJECT EXPECTED
;; Debian's Emacs with its eglot and the real server on the worked example, set up as docs/editors.md says.

(require 'package)
(setq package-directory-list '("/usr/share/emacs/site-lisp/elpa"))
(package-initialize)
(require 'yaml-mode)
(require 'eglot)
(require 'cl-lib)

(defvar suite-project (expand-file-name (car command-line-args-left)))
(defvar suite-expected (with-temp-buffer (insert-file-contents (cadr command-line-args-left)) (json-parse-buffer :array-type 'list)))
(defvar suite-done nil "The names of what has held.")
(defvar suite-beyond
  '("files that are not ours are left alone" ; the person says where eglot is at work
    "overlapping restarts leave one server and the same findings"
    ;; eglot has no server for Python beside the one of Python, and does not draw coverage
    "marks change when the module is saved" "a gap is listed" "marks are stale after a change"
    "a case is added for the gap" "the gap is closed and the gate holds"
    ;; the server's words, the same in each editor
    "a folder that cannot be written to is said once" "a key that is missing is said once"
    "a server killed in the middle of a run leaves nothing behind"
    ;; eglot leaves what it shows where it is, and has its own words
    "a server that dies leaves no mark"
    "a server that is missing is said once" "a server of another version is said once")
  "What is expected of our clients, and not to be had by eglot.")
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
  (princ (format "eglot: %d passed, %d failed\n" (length suite-done) failed))
  (let ((kill-emacs-hook nil)) (ignore-errors (eglot-shutdown-all)))
  (kill-emacs (if (zerop failed) 0 1)))

(defmacro stage (name &rest body)
  "Try NAME: the last form of BODY says whether it holds.  What comes later stands on it."
  (declare (indent 1))
  `(let ((outcome (condition-case raised (progn ,@body) (error (princ (format "%S\n" raised)) nil))))
     (princ (format "%s - %s\n" (if outcome "ok" "NOT OK") ,name))
     (if outcome (push ,name suite-done)
       (dolist (each (flymake-diagnostics)) (princ (format "  %s\n" (flymake-diagnostic-text each))))
       (princ (with-current-buffer "*Messages*" (buffer-string)))
       (suite-leave 1))))

(defun suite-said (text)
  "Whether a finding of this buffer holds TEXT."
  (cl-find-if (lambda (each) (string-match-p (regexp-quote text) (flymake-diagnostic-text each))) (flymake-diagnostics)))

(defun suite-act (title)
  "Choose the code action whose title holds TITLE at point."
  (cl-letf (((symbol-function 'completing-read)
             (lambda (_prompt actions &rest _)
               (or (car (cl-find-if (lambda (each) (string-match-p (regexp-quote title) (car each))) actions))
                   (error "No action `%s' among %S" title (mapcar #'car actions)))))
            (last-nonmenu-event t))
    ;; Emacs waits ten seconds for a command; a busy machine may need more, and what it does counts.
    (condition-case raised (eglot-code-actions (point) (point) nil t)
      (jsonrpc-error (unless (string-match-p "Timed out" (format "%S" raised)) (signal (car raised) (cdr raised)))))))

;; It may ask later than the wait for a command is.
(advice-add 'y-or-n-p :override (lambda (prompt) (push prompt suite-asked)))
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

(defun suite-hover ()
  "What the server says about the place of point."
  (let (shown)
    (suite-wait (lambda ()
                  (eglot-hover-eldoc-function (lambda (text &rest _) (setq shown text)))
                  (accept-process-output nil 0.2)
                  shown))
    (substring-no-properties shown)))

(defun suite-go (text)
  "Go to TEXT in this buffer."
  (goto-char (point-min))
  (search-forward text))

(defun suite-file (name)
  "The file NAME of the project."
  (expand-file-name name suite-project))

(stage "a hover tells of the function"
  (suite-go "function: plan")
  (string-match-p "plan_retry" (suite-hover)))

(stage "generate writes the tests"
  (suite-act "Generate")
  (suite-wait (lambda () (and (file-exists-p (suite-file "tests/test_plan_retry.py")) (not (suite-said "[RF501]"))))))

(stage "verdicts stand at the cases"
  (suite-go "each further attempt")
  (suite-wait (lambda () (string-match-p "\\bred\\b" (suite-hover)))))

(stage "the skeleton starts the module"
  (suite-act "Create module skeleton")
  (suite-wait (lambda () (file-exists-p (suite-file "payments/retry.py")))))

(stage "the tests are stale"
  (suite-go "each further attempt -> the delay doubles")
  (insert " each time")
  (save-buffer)
  (suite-wait (lambda () (suite-said "[RF502]"))))

(stage "regenerate asks before it replaces"
  (setq suite-asked nil)
  (goto-char (flymake-diagnostic-beg (suite-said "[RF502]")))
  (suite-act "Regenerate test")
  (and (suite-wait (lambda () suite-asked))
       (suite-wait (lambda ()
                     (save-some-buffers t)
                     (not (suite-said "[RF502]"))))))

(let* ((known (append suite-done suite-beyond))
       (untried (cl-set-difference suite-expected known :test #'equal))
       (unknown (cl-set-difference suite-beyond (cl-set-difference suite-expected suite-done :test #'equal) :test #'equal)))
  (dolist (each untried) (princ (format "NOT OK - not tried: %s\n" each)))
  (dolist (each unknown) (princ (format "NOT OK - not beyond eglot: %s\n" each)))
  (suite-leave (+ (length untried) (length unknown))))
;;; eglot.el ends here
