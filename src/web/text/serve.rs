//! The serve page.

pub const TITLE: &str = "Put the model to work";
pub const SUB: &str = "An endpoint answers a customer's values with a probability and its reasons";
pub const DEPLOY_TITLE: &str = "Deploy the model in use";
pub const NAME: &str = "Name of the endpoint";
pub const DEFAULT_NAME: &str = "churn";
pub const DEPLOY: &str = "Deploy";
pub const DEPLOY_NOTE: &str =
    "The same name again makes a new build; earlier builds stay callable.";
pub const SERVES: &str = "Serves";
pub const ENDPOINTS: &str = "Endpoints";
pub const NO_ENDPOINT: &str =
    "Nothing is deployed yet. Give the endpoint a name and deploy the model in use";
pub const NEED_MODEL: &str = "There is no model to deploy yet";
pub const TRAIN_ONE: &str = "Train one";
pub const BUILD: &str = "Build";
pub const BUILD_ID: &str = "Build id";
pub const KEY: &str = "Access key";
pub const CREATED: &str = "Deployed";
pub const MODEL_GONE: &str = "model no longer in this lab";
pub const COPY: &str = "Copy";
pub const COPIED: &str = "Copied";
pub const COPY_FAILED: &str = "Copying was refused";
pub const CALL_TITLE: &str = "Call it";
pub const REQUEST: &str = "Request, JSON";
pub const CALL: &str = "Call";
pub const CALL_KEYS: &str = "or Ctrl/⌘ + Enter";
pub const EXAMPLE: &str = "Back to the example";
pub const EXAMPLE_WHY: &str = "What was typed gives way to the example";
pub const EXAMPLE_NOTE: &str = "A field that is left out takes the default of the training data.";
pub const ANSWER: &str = "Answer";
pub const NO_ANSWER: &str = "The answer to a call appears here";
pub const UUID: &str = "Prediction";
pub const TOOK: &str = "Took";
pub const FROM: &str = "From";
pub const REASONS: &str = "Why";
pub const CONDITION: &str = "What holds";
pub const BAR: &str = "Weight from zero";
pub const WEIGHT: &str = "Weight";
pub const DATA: &str = "Values used, defaults filled in";
pub const RAW: &str = "The answer as JSON";
pub const CODE: &str = "Call it from a program";
pub const CODE_NOTE: &str = "This runs as it is in this page's console. There is no network here: the endpoint lives in this page, and nothing leaves the browser.";
pub const SIMULATED: &str = "Simulated";
pub const WRONG_JSON: &str = "This is no JSON object of numbers and texts";
